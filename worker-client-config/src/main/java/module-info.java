/** A client from a configuration file. */
module dev.workerclient.config {
  requires transitive dev.workerclient;
  requires static transitive org.jspecify;
  requires org.yaml.snakeyaml;

  exports dev.workerclient.config;

  provides dev.workerclient.WorkerClient.ConfigReader with
      dev.workerclient.config.YamlConfigReader;
}
