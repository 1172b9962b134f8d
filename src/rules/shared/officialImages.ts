/** Docker's official images: the names on Docker Hub that need no owner. Any other bare name is an image of this machine. */
export const officialImages: ReadonlySet<string> = new Set(
  `adminer aerospike alpine almalinux alt amazoncorretto amazonlinux arangodb archlinux backdrop bash bonita buildpack-deps busybox caddy cassandra
  centos chronograf cirros clearlinux clickhouse clojure composer consul convertigo couchbase couchdb crate dart debian docker drupal eclipse-mosquitto
  eclipse-temurin elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe
  hello-world hitch httpd hylang ibm-semeru-runtimes ibmjava influxdb irssi java jetty joomla jruby julia kapacitor kibana kong krakend lightstreamer
  liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express mysql nats neo4j neurodebian nextcloud nginx node odoo
  open-liberty openjdk opensuse oraclelinux orientdb percona perl photon php phpmyadmin plone postgres pypy python r-base rabbitmq rakudo-star redis
  redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa silverpeas solr sonarqube spark spiped storm swift swipl teamspeak
  telegraf tomcat tomee traefik ubuntu unit valkey varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/),
);
