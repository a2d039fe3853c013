using System.Text.RegularExpressions;

namespace Signals.Core.Platform.Addresses;

/// <summary>
/// Texts of others for the log, where a mail server quotes whom it refused: of each address only the domain stays, which is what its
/// operator can do something about.
/// </summary>
public static class MaskedAddresses
{
    /// <summary>Stands for the part before the @.</summary>
    private const string Masked = "…@${domain}";

    /// <summary>Linear in the text, whatever it holds: others wrote it.</summary>
    private static readonly Regex Address = new(
        """(?:"[^"@\s]*"|[^\s<>()\[\]",;:@'=]+)@(?<domain>[^\s<>()\[\]",;:@']+)""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    );

    public static string? In(string? text) => text is null ? null : Address.Replace(text, Masked);
}
