"""``python -m weibao``: the command, where no script is on the path."""

from weibao.cli.main import main

if __name__ == "__main__":
    main()
