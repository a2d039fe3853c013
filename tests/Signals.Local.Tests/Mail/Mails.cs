using Signals.Core.Response.Mail;

namespace Signals.Local.Tests.Mail;

internal static class Mails
{
    public static EmailMessage ToAda { get; } =
        new(
            "o-20260110-7f3a",
            new EmailAddress("help@nimbus.example", "Nimbus help"),
            new EmailAddress("ada@customer.example", "Ada"),
            null,
            "About your import",
            "Hello Ada,\n\nHere is how.\n",
            "<p>Hello Ada,</p>\n",
            new DateTimeOffset(2026, 1, 10, 9, 30, 5, TimeSpan.Zero),
            new Dictionary<string, string>(),
            "onboarding-stalled"
        );
}
