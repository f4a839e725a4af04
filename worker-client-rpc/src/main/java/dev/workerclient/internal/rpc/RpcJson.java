package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the text of batches, with the limits that values of Cap'n Web need: those that
 * Jackson sets by itself differ from version to version.
 */
public final class RpcJson {
  /** Twice as deep as values may be, since arrays are escaped, and a message around them. */
  static final int DEEPEST = 1024;

  /** Bytes travel as one string in Base64: of 24 MiB. */
  static final int LONGEST_STRING = 32 * 1024 * 1024;

  private static final int LONGEST_NAME = 50_000;
  private static final int LONGEST_NUMBER = 1_000;

  /** What makes its parsers and generators. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_STRING)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** Reads a message as a tree. */
  public static final ObjectReader READER = new JsonMapper(FACTORY).reader();

  private RpcJson() {}
}
