package dev.workerclient.mockserver;

/**
 * What one of Cloudflare's codes comes with.
 *
 * @param name as in a structured error
 */
record ErrorCode(int status, String name) {
  private static final int INTERNAL_ERROR = 500;

  /** Reads the line of that code; a code that is a status has none, nor has one not known yet. */
  static ErrorCode of(int code, String table) {
    String unnamed = "error_" + code;
    return table
        .lines()
        .filter(line -> line.startsWith(code + ","))
        .map(line -> line.split(",", -1))
        .map(cells -> new ErrorCode(Integer.parseInt(cells[1]), cells[3]))
        .map(row -> row.name.isEmpty() ? new ErrorCode(row.status, unnamed) : row)
        .findFirst()
        .orElse(new ErrorCode(code < 600 ? code : INTERNAL_ERROR, unnamed));
  }
}
