using System.Diagnostics;

namespace Signals.Benchmarks;

/// <summary>
/// The same load several times over, each until all of it is folded, after a first one that only warms up; what the middle ones took, for a
/// single one lasts a second or two.
/// </summary>
internal static class Rounds
{
    private const int Count = 5;

    /// <summary>With the one that warms up.</summary>
    public const int Played = Count + 1;

    /// <param name="server">Who is posted to.</param>
    /// <param name="path">Where.</param>
    /// <param name="connections">Over so many connections at once.</param>
    /// <param name="folds">Whether it folds what comes; the floor discards it.</param>
    /// <param name="bodies">The bodies of a round, from 0 on; no event twice.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Round> PostAsync(
        Serving server,
        string path,
        int connections,
        bool folds,
        Func<int, IEnumerable<byte[]>> bodies,
        CancellationToken cancellationToken
    )
    {
        var rounds = new List<Round>();
        for (int round = 0; round < Played; round++)
        {
            byte[][] some = [.. bodies(round)];
            double cpu = server.Cpu();
            long began = Stopwatch.GetTimestamp();
            var posted = await server.PostAsync(path, some, connections, cancellationToken);
            long folded = folds ? await server.FoldedAsync(cancellationToken) : 0;
            double until = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (round > 0)
                rounds.Add(new Round(posted.Wall, until, server.Cpu() - cpu, posted.ComeAgain, folded));
        }
        return new Round(
            Middle(rounds.Select(round => round.Wall)),
            Middle(rounds.Select(round => round.Until)),
            Middle(rounds.Select(round => round.Cpu)),
            rounds.Sum(round => round.ComeAgain),
            rounds[^1].Folded
        );
    }

    private static double Middle(IEnumerable<double> figures) => figures.Order().ElementAt(Count / 2);
}

/// <summary>What a round took.</summary>
/// <param name="Wall">Seconds until the last was acknowledged.</param>
/// <param name="Until">Seconds until the last was folded.</param>
/// <param name="Cpu">The server's processor seconds until then.</param>
/// <param name="ComeAgain">How often it asked to come again later.</param>
/// <param name="Folded">Events that it has folded by the end, since it started.</param>
internal sealed record Round(double Wall, double Until, double Cpu, int ComeAgain, long Folded);
