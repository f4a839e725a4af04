package dev.workerclient.jackson;

class MappingFailureTest extends MappingFailureContract {}
