package dev.workerclient.internal.classify;

import dev.workerclient.internal.classify.table.KnownError;

/** What a response turned out to be if it is not the target's own. */
sealed interface Finding permits CloudflareError, Finding.Wall, Finding.PassedOn, Finding.Hint {

  /** A Cloudflare page without a code. */
  record Wall(KnownError known) implements Finding {}

  /** A runtime message that the user's gateway passes on. */
  record PassedOn(KnownError known, String text) implements Finding {}

  /** A runtime message that an application's own response may contain too: an answer. */
  record Hint(KnownError known) implements Finding {}
}
