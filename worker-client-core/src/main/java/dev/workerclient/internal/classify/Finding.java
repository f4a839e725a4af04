package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.KnownError;

/** What a response turned out to be, where it is not the target's own. */
sealed interface Finding permits CloudflareError, Finding.Wall, Finding.PassedOn, Finding.Hint {

  /** Something of Cloudflare's that has no code. */
  record Wall(KnownError known) implements Finding {}

  /** A text of the runtime's, which a gateway of the user's own passes on. */
  record PassedOn(KnownError known, String text) implements Finding {}

  /** A text of the runtime's that an application's own answer may read the same: an answer. */
  record Hint(KnownError known) implements Finding {}
}
