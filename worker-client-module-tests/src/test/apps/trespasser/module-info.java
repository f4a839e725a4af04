module com.example.trespasser {
  requires dev.workerclient;
}
