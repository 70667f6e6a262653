"""onrecord turns reports about alleged human-rights violations into a record that can be checked."""
