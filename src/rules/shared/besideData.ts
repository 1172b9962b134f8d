/** Folders that people mount, and where the image really keeps its data. */
export const besideData: Readonly<Record<string, { readonly right: string; readonly beside: RegExp }>> = {
  postgres: {
    right: '/var/lib/postgresql/data',
    beside: /^\/(?:data(?:\/postgres(?:ql)?)?|postgres(?:ql)?|pgdata|var\/lib\/postgres(?:\/data)?|var\/lib\/pgsql(?:\/data)?)\/?$/,
  },
  mysql: { right: '/var/lib/mysql', beside: /^\/(?:data|mysql|var\/lib\/mariadb)\/?$/ },
  mongo: { right: '/data/db', beside: /^\/(?:data|mongo|var\/lib\/mongodb?)\/?$/ },
  redis: { right: '/data', beside: /^\/(?:redis|var\/lib\/redis|redis-data)\/?$/ },
  grafana: { right: '/var/lib/grafana', beside: /^\/(?:grafana|data|grafana-data|usr\/share\/grafana\/data)\/?$/ },
  prometheus: { right: '/prometheus', beside: /^\/(?:data|var\/lib\/prometheus|prometheus-data)\/?$/ },
  qdrant: { right: '/qdrant/storage', beside: /^\/(?:data|qdrant|storage|qdrant\/data)\/?$/ },
  ollama: { right: '/root/.ollama', beside: /^\/(?:data|models|ollama|\.ollama)\/?$/ },
};
