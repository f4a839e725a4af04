package dev.workerclient;

import dev.workerclient.internal.call.CallOptions;

/** What all requests to one service share. */
record ServiceContext(String name, CallOptions options, Codec codec, Resources resources) {}
