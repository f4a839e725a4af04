module com.example.minimal {
  requires dev.workerclient;
}
