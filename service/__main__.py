"""`python -m service` is the `khartoum` command."""

from service.cli import app

app(prog_name="khartoum")
