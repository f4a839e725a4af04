module com.example.both {
  requires dev.workerclient.jackson3;
  requires dev.workerclient.mockserver;

  exports com.example.both;
}
