// Stands before Prism and asks it for another random answer to each request: `Prefer: dynamic=true, seed=1`, 2, …
//
//     node add_prefer.mjs http://127.0.0.1:4010
//
// Prints its own address, and after each request the number of answers so far.
import http from 'node:http';

const prism = new URL(process.argv[2]);
let seed = 0;

const server = http.createServer((request, response) => {
    const headers = {...request.headers, host: prism.host, prefer: `dynamic=true, seed=${++seed}`};
    const asked = http.request(prism.origin + request.url, {method: request.method, headers}, answer => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        answer.on('end', () => console.log(`answers ${seed}`));
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
