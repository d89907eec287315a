package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.packaging.CompiledSources;
import org.junit.jupiter.api.Test;

class ContainerLayeringTest extends ProjectLayeringFixture {

  @Test
  void everythingThatAnExistingContainerSaysIsTakenLikeByJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .compiled(new CompiledSources().withMain("com.example.Other"))
            .plugin(
                SampleProject.JIB,
                """
                <container>
                  <appRoot>/srv/orders</appRoot>
                  <args><arg>--port</arg><arg>8080</arg></args>
                  <environment><B>2</B><A>1</A></environment>
                  <extraClasspath><path>/opt/agent/lib.jar</path></extraClasspath>
                  <filesModificationTime>2026-01-02T03:04:05+09:00</filesModificationTime>
                  <jvmFlags><flag>-Xmx1g</flag><flag>-Dx=a b</flag></jvmFlags>
                  <labels><team>shop</team></labels>
                  <mainClass>com.example.Other</mainClass>
                  <ports><port>8080</port><port>9000-9002/udp</port></ports>
                  <user>1000:1000</user>
                  <volumes><volume>/data</volume><volume>/cache//</volume></volumes>
                  <workingDirectory>/work</workingDirectory>
                </container>
                """)
            .dependency("org.released", "alpha", "1.0", "alpha"),
        "srv/");
  }

  @Test
  void anOwnEntrypointNeedsNoMainClassLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiled(
                new CompiledSources().with("com.example.Lib", "package com.example; class Lib {}"))
            .plugin(
                SampleProject.JIB,
                "<container><entrypoint><shell>sh</shell><arg>/app/run.sh</arg></entrypoint></container>"));
  }

  @Test
  void anInheritedEntrypointEqualsJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .plugin(
                SampleProject.JIB,
                "<container><entrypoint>INHERIT</entrypoint><args/></container>"));
  }

  @Test
  void propertiesOfThePomGoBeforeItsElementsLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .property("jib.container.args", "a\\,b,c")
            .property("jib.container.environment", "A=1,B=x=y")
            .property("jib.container.appRoot", "/service")
            .plugin(SampleProject.JIB, "<container><args><arg>no</arg></args></container>"));
  }
}
