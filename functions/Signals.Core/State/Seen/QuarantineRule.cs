using System.Text.RegularExpressions;
using Signals.Core.Intake.Events;

namespace Signals.Core.State.Seen;

/// <summary>The rule behind a reason for quarantine: where the fault was and what was expected, without what was found.</summary>
internal static partial class QuarantineRule
{
    private const string Found = ": found ";
    private const string Expected = ", expected ";

    /// <summary>
    /// <c>batch[3].userId: found "undefined", expected an id</c> gives <c>userId: expected an id</c>. A reason that is not
    /// <see cref="EventFault.Reason"/>'s stays as it is.
    /// </summary>
    public static string Of(string reason)
    {
        int found = reason.IndexOf(Found, StringComparison.Ordinal),
            expected = reason.LastIndexOf(Expected, StringComparison.Ordinal);
        if (found < 0 || expected < found)
            return reason;
        string path = Place().Replace(reason[..found], "");
        string rule = reason[(expected + Expected.Length - "expected ".Length)..];
        return path.Length == 0 ? rule : $"{path}: {rule}";
    }

    /// <summary>The event's place in its batch.</summary>
    [GeneratedRegex(@"^(batch)?\[\d+\]\.?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
