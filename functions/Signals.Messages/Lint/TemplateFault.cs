namespace Signals.Messages.Lint;

/// <summary>Something in a template that must not be sent. Line and column start at 1.</summary>
public sealed record TemplateFault(string File, int Line, int Column, string Problem)
{
    /// <summary>As compilers write it, so that editors can jump there.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {Problem}";
}
