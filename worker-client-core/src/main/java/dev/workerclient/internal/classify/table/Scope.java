package dev.workerclient.internal.classify.table;

/** How much of a service an error speaks of. */
public enum Scope {
  /** This request; another one may well pass. */
  REQUEST,
  /** This path, or the rule that matches it. */
  PATH,
  /** Everything on this route. */
  ROUTE,
  /** Everything of the account, whichever route. */
  ACCOUNT
}
