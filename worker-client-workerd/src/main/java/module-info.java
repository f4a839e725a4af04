/** Workers in the real runtime, workerd, started from a test. */
module dev.workerclient.workerd {
  requires static transitive org.jspecify;

  exports dev.workerclient.workerd;
}
