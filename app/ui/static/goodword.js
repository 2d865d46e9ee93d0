// The one script of our own. Every action works without it as a plain form.
"use strict";

// Offer the browser's own time zone where one is asked for.
for (const field of document.querySelectorAll("[data-timezone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
}
