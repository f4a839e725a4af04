/**
 * What tests of an application need: {@link dev.workerclient.mockserver.MockWorkers} plays the
 * binding proxy and the custom domains, {@link dev.workerclient.mockserver.WorkerdServer} starts
 * the real runtime.
 *
 * <p>Only {@link dev.workerclient.mockserver.MockWorkersExtension} imports JUnit, only {@link
 * dev.workerclient.mockserver.WorkerAssertions} and the types beside it import AssertJ, and
 * mockwebserver stands in no public signature.
 */
@NullMarked
package dev.workerclient.mockserver;

import org.jspecify.annotations.NullMarked;
