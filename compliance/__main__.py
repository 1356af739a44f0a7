"""``python -m compliance`` runs the program."""

from compliance.cli.main import main

main()
