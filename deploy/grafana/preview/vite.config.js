// The page asks this server, which passes what begins with /prometheus on: PROMETHEUS=http://127.0.0.1:9090 by default.
export default {
  server: {
    host: '127.0.0.1',
    fs: { allow: ['..'] },
    proxy: {
      '/prometheus': {
        target: process.env.PROMETHEUS ?? 'http://127.0.0.1:9090',
        rewrite: (path) => path.replace('/prometheus', ''),
      },
    },
  },
};
