package com.example.full;

/** The methods of a Worker. */
public interface Greeter {
  String hello(String name);
}
