using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Figures;

/// <summary>
/// <see cref="DayFigures"/> of the last <see cref="KeepDays"/> days: table system, partition <c>figures</c>, a row a month
/// (<c>yyyyMM</c>), so that a curve over a quarter is one small query.
/// </summary>
public sealed class FigureBook(IEntityStore store, TimeProvider clock)
{
    public const int KeepDays = 400;

    private const string Partition = "figures";
    private const string Column = "days";
    private const byte Schema = 1;
    private const double CentsPerUnit = 100;

    /// <summary>Days from one to another, both inclusive, oldest first; days on which nothing was measured are missing.</summary>
    public async Task<IReadOnlyList<DayFigures>> ReadAsync(int from, int to, CancellationToken cancellationToken)
    {
        var days = new List<DayFigures>();
        var months = new EntityQuery(PipelineCounters.Table, Partition, Row(from), Row(to) + " ");
        await foreach (var month in store.ReadAllAsync(months, cancellationToken))
            days.AddRange(Read(month).Where(day => day.Day >= from && day.Day <= to));
        return days;
    }

    /// <summary>Keeps a day's figures, in place of earlier ones of the same day.</summary>
    public Task SaveAsync(DayFigures figures, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            Row(figures.Day),
            $"save the figures of {Days.Date(figures.Day):yyyy-MM-dd}",
            clock,
            row =>
            {
                var others = (row is null ? [] : Read(row)).Where(day => day.Day != figures.Day);
                var month = new Entity(Partition, Row(figures.Day));
                BlobColumns.Write(month, Column, Pack([.. others.Append(figures).OrderBy(day => day.Day)]));
                return month;
            },
            cancellationToken
        );

    /// <summary>Keeps figures of days from one up to before another, in place of all that was kept of these days.</summary>
    public async Task ReplaceAsync(int from, int before, IReadOnlyList<DayFigures> days, CancellationToken cancellationToken)
    {
        foreach (string month in Enumerable.Range(from, before - from).Select(Row).Distinct(StringComparer.Ordinal))
        {
            await store.ChangeAsync(
                PipelineCounters.Table,
                Partition,
                month,
                $"replace the figures of {month}",
                clock,
                row =>
                {
                    var others = (row is null ? [] : Read(row)).Where(day => day.Day < from || day.Day >= before);
                    var replaced = new Entity(Partition, month);
                    BlobColumns.Write(
                        replaced,
                        Column,
                        Pack([.. others.Concat(days.Where(day => Row(day.Day) == month)).OrderBy(day => day.Day)])
                    );
                    return replaced;
                },
                cancellationToken
            );
        }
    }

    /// <summary>Forgets months that are wholly older than <see cref="KeepDays"/>; returns how many.</summary>
    public Task<int> PruneAsync(int today, CancellationToken cancellationToken) =>
        store.RemoveAllAsync(new EntityQuery(PipelineCounters.Table, Partition, To: Row(today - KeepDays)), cancellationToken);

    private static string Row(int day) => Days.Key(day)[..6];

    private static byte[] Pack(List<DayFigures> days)
    {
        var writer = new PackWriter();
        writer.Byte(Schema);
        var names = days.SelectMany(day => day.Topics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var indexes = names
            .Select((name, index) => (name, index))
            .ToDictionary(entry => entry.name, entry => entry.index, StringComparer.Ordinal);
        writer.Count(names.Count);
        foreach (string name in names)
            writer.Text(name);
        writer.Count(days.Count);
        foreach (var day in days)
        {
            writer.Count(day.Day);
            writer.Count(day.Left);
            writer.Float(day.Health);
            foreach (var level in day.Levels)
            {
                writer.Count(level.Accounts);
                Write(writer, level.Price);
            }
            writer.Count(day.Topics.Count);
            foreach (var (name, topic) in day.Topics)
            {
                writer.Count(indexes[name]);
                writer.Count(topic.Accounts);
                writer.Count(topic.AtRisk);
                writer.Count(topic.People);
                Write(writer, topic.Price);
            }
        }
        return writer.ToArray();
    }

    private static List<DayFigures> Read(Entity row)
    {
        var reader = new PackReader(BlobColumns.Read(row, Column));
        SchemaVersion.Check(reader.Byte(), Schema, "figures");
        var names = new string[reader.Count()];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.Text() ?? "";
        var days = new List<DayFigures>();
        for (int count = reader.Count(); count > 0; count--)
            days.Add(ReadDay(ref reader, names));
        return days;
    }

    private static DayFigures ReadDay(ref PackReader reader, string[] names)
    {
        int day = reader.Int(),
            left = reader.Int();
        double health = reader.Float();
        var levels = new LevelFigures[RiskLevels.Names.Count];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = new LevelFigures(reader.Int(), ReadPrice(ref reader));
        var topics = new Dictionary<string, TopicFigures>(StringComparer.Ordinal);
        for (int count = reader.Count(); count > 0; count--)
            topics[names[reader.Index(names.Length)]] = new TopicFigures(reader.Int(), reader.Int(), reader.Int(), ReadPrice(ref reader));
        return new DayFigures
        {
            Day = day,
            Levels = levels,
            Left = left,
            Health = health,
            Topics = topics,
        };
    }

    private static void Write(PackWriter writer, double price) => writer.Signed((long)Math.Round(price * CentsPerUnit));

    private static double ReadPrice(ref PackReader reader) => reader.Signed() / CentsPerUnit;
}
