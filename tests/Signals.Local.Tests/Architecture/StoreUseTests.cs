using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>
/// Holds that the store is read and changed in one way (docs/architecture.md): no capability pages, retries or rests by itself.
/// </summary>
public sealed partial class StoreUseTests
{
    private static readonly string Functions = Path.Combine(Repository.Root, "functions");

    /// <summary>The port, what is written once above it, and the adapters.</summary>
    private static readonly string[] OwnPages = ["Signals.Core/Platform/Storage/", "Signals.Azure/Storage/", "Signals.Local/Storage/"];

    /// <summary>Asks name servers, by a method of the same name.</summary>
    private const string NameQueries = "Signals.Web/Doctor/DnsText.cs";

    [Fact]
    public void Pages_and_continuations_are_nobodys_but_the_stores() =>
        Assert.Empty(Lines(file => file != NameQueries && !OwnPages.Any(file.StartsWith), line => Paging().IsMatch(line)));

    [Fact]
    public void Attempts_are_counted_and_pauses_drawn_in_one_place() =>
        Assert.Empty(
            Lines(
                file => file.StartsWith("Signals.Core/", StringComparison.Ordinal) && file != "Signals.Core/Platform/Time/Backoff.cs",
                line => OwnRetry().IsMatch(line)
            )
        );

    [Fact]
    public void Nothing_rests_on_the_real_clock() =>
        Assert.Empty(
            Lines(_ => true, line => line.Contains("Task.Delay(", StringComparison.Ordinal) && !GivenClock().IsMatch(line))
                .Concat(Lines(_ => true, line => line.Contains("Thread.Sleep(", StringComparison.Ordinal)))
        );

    private static List<string> Lines(Func<string, bool> isMeant, Func<string, bool> isWrong)
    {
        var files = Directory
            .GetFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Functions, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && isMeant(file))
            .ToList();
        Assert.True(files.Count > 300);
        return
        [
            .. files.SelectMany(file =>
                File.ReadLines(Path.Combine(Functions, file))
                    .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && isWrong(line))
                    .Select(line => $"{file}: {line.Trim()}")
            ),
        ];
    }

    [GeneratedRegex(@"\.QueryAsync\(|\bContinuation:|\.Continuation\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Paging();

    [GeneratedRegex(@"\bMaxAttempts\s*=|\bRandom\.Shared\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnRetry();

    [GeneratedRegex(@"Task\.Delay\([^;]*\b_?(clock|time)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GivenClock();
}
