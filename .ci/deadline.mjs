// A check in a browser ends, whatever hangs: a page that never loads, a window that never closes.

const MOST = 15 * 60;
let doing = "beginning";

// What is done now, for the words when it takes too long.
export function now(what) {
  doing = what;
}

// A promise that must be kept within a time.
export function within(seconds, what, promise) {
  const late = (_, reject) => {
    setTimeout(() => reject(new Error(`${what}: not within ${seconds} s`)), seconds * 1000).unref();
  };
  return Promise.race([promise, new Promise(late)]);
}

setTimeout(() => {
  console.error(`not done after ${MOST} s: ${doing}`);
  process.exit(1);
}, MOST * 1000).unref();
