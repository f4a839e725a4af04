package dev.workerclient.rpc;

/** The application's stream, which is sent once the message that holds it was. */
interface Outbound extends Runnable {
  /** The message that was to hold it is not sent. */
  void giveUp();
}
