module com.example.full {
  requires dev.workerclient.config;
  requires dev.workerclient.jackson;
  requires dev.workerclient.mockserver;
  requires dev.workerclient.rpc;
  requires dev.workerclient.workerd;

  exports com.example.full;
}
