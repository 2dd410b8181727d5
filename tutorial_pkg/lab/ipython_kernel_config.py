c.InteractiveShellApp.extensions.append("tutorial_pkg.name_errors")  # noqa: F821
