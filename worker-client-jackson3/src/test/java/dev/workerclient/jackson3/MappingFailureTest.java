package dev.workerclient.jackson3;

import dev.workerclient.jackson.MappingFailureContract;

class MappingFailureTest extends MappingFailureContract {}
