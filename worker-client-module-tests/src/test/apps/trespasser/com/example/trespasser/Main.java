package com.example.trespasser;

import dev.workerclient.internal.classify.RemoteText;

/** Uses what is internal. */
public class Main {
  public static void main(String[] args) {
    System.out.println(RemoteText.clean("text"));
  }
}
