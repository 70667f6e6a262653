// A password can be looked at while it is typed. Every form works without this.
"use strict";

for (const field of document.querySelectorAll(".password input")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide it" : "Show it";
  };
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  show(false);
  field.after(" ", button);
}
