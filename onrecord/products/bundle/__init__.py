"""The evidence bundle: a case as a signed BagIt bag, with the program that checks it.

`verify.py` is that program. It goes into every bundle as it stands here, and so imports nothing of
onrecord and runs on Python 3.8.
"""
