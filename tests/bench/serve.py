"""The site's own server, with a bare view beside the site: `python -m tests.bench.serve`."""

from config import serve

if __name__ == "__main__":
    serve.main("tests.bench.wsgi:application")
