namespace Signals.Core.Intake.WriteAccess;

/// <summary>Where a write key lives, and so what is believed of those who send with it. The numbers are stored.</summary>
public enum WriteKeyKind
{
    /// <summary>
    /// On a server of the customer's own, where nobody else reads it: whatever it says is believed. What keys were before they had kinds.
    /// </summary>
    Server = 0,

    /// <summary>
    /// In pages and apps, where everybody can read it: it may say what was done, and not who looks after an account, what is paid, who is
    /// an administrator or who is who.
    /// </summary>
    Browser = 1,
}

public static class WriteKeyKinds
{
    /// <summary>The kind's name in forms, settings and logs: <c>server</c> or <c>browser</c>.</summary>
    public static string Name(this WriteKeyKind kind) => kind == WriteKeyKind.Browser ? "browser" : "server";

    /// <summary>The kind of that name, or null.</summary>
    public static WriteKeyKind? Of(string name) =>
        name switch
        {
            "browser" => WriteKeyKind.Browser,
            "server" => WriteKeyKind.Server,
            _ => null,
        };
}
