package dev.workerclient.kotlin

import dev.workerclient.WorkerClient

/**
 * Builds a client:
 * ```
 * val client = workerClient {
 *   bindingProxy("https://workers-proxy.example.com") { it.bearerToken(token) }
 *   service("ORDERS") { it.customDomain("https://orders.example.com") }
 * }
 * ```
 *
 * @throws IllegalArgumentException if a setting is not valid, or settings contradict each other
 */
public inline fun workerClient(settings: WorkerClient.Builder.() -> Unit): WorkerClient =
  WorkerClient.builder().apply(settings).build()
