/**
 * {@link dev.workerclient.mockserver.faults.FaultyTcpProxy}, a TCP forwarder that stands between a
 * client and a real server and does to single exchanges what networks do.
 */
@NullMarked
package dev.workerclient.mockserver.faults;

import org.jspecify.annotations.NullMarked;
