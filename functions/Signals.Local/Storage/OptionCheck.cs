namespace Signals.Local.Storage;

/// <summary>Says which option is wrong, what was found and what is expected.</summary>
internal static class OptionCheck
{
    public static void Require(bool holds, string option, object? found, string expected)
    {
        if (!holds)
            throw new ArgumentException($"{option}: found {found ?? "null"}; expected {expected}.", nameof(option));
    }
}
