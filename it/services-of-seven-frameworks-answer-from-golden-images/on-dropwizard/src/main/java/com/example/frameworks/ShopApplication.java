package com.example.frameworks;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

public class ShopApplication extends Application<Configuration> {

  @Path("/greeting")
  public static class Greeting {
    @GET
    public String greet() {
      return "Dropwizard on golden";
    }
  }

  public static void main(String[] arguments) throws Exception {
    new ShopApplication().run(arguments);
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment.jersey().register(new Greeting());
  }
}
