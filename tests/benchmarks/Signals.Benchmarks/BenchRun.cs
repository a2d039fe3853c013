using System.Text.Json;

namespace Signals.Benchmarks;

/// <summary>One run of benches: where they may write, how long they may take, and what they found.</summary>
/// <param name="isLong">True for the sizes that take an hour.</param>
/// <param name="data">A folder that <c>fill</c> made, for the pages; null to fill a small one.</param>
internal sealed class BenchRun(bool isLong, string? data) : IDisposable
{
    private readonly List<Figure> _figures = [];
    private int _folders;

    public bool IsLong => isLong;

    public string? Data => data;

    private string Root { get; } = Directory.CreateTempSubdirectory("signals-bench-").FullName;

    /// <summary>A new, empty folder that ends with the run.</summary>
    public string Folder() => Directory.CreateDirectory(Path.Combine(Root, $"{++_folders}")).FullName;

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.Error.WriteLine(
            $"{figure.Bench, -8} {figure.Case}: {figure.Measured}{(figure.Floor is { } floor ? $", floor {floor}" : "")}"
        );
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>The table as Markdown.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine("| bench | case | measured | floor | ratio | goal | |");
        output.WriteLine("| --- | --- | --: | --: | --: | --- | --- |");
        foreach (var figure in _figures)
        {
            output.WriteLine(
                $"| {figure.Bench} | {figure.Case} | {figure.Measured} | {figure.Floor} | {(figure.Ratio is { } ratio ? Figures.Short(ratio) : "")} | {figure.Goal} | {figure.IsMet switch { true => "met", false => "missed", _ => "" }} |"
            );
        }
    }

    public void WriteJson(string file) =>
        File.WriteAllText(
            file,
            JsonSerializer.Serialize(
                _figures.Select(figure => new
                {
                    bench = figure.Bench,
                    @case = figure.Case,
                    unit = figure.Measured.Unit,
                    measured = figure.Measured.Value,
                    floor = figure.Floor?.Value,
                    ratio = figure.Ratio,
                    atMost = figure.Goal is { IsAtMost: true } most ? most.Bound : (double?)null,
                    atLeast = figure.Goal is { IsAtMost: false } least ? least.Bound : (double?)null,
                    met = figure.IsMet,
                }),
                JsonOptions
            )
        );

    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };
}

/// <summary>Measures one path of the app beside its floor, in one run.</summary>
internal interface IBench
{
    /// <summary>What it is asked for by.</summary>
    static abstract string Name { get; }

    static abstract Task RunAsync(BenchRun run, CancellationToken cancellationToken);
}
