package dev.workerclient.rpc;

/**
 * An object of the application that a Worker may call, by the methods of an interface alone.
 *
 * @param model the interface
 */
record LocalObject(InterfaceModel model, Object target) {}
