using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Segments;

/// <summary>The model's own segments as a file: a line for each, and one for all other accounts beside it.</summary>
internal sealed class SegmentsDownload(MeasurePass pass, ValueModel model, OwnSegments segments) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var own = await pass.ReadOwnAsync(request.Cancellation);
        string low = reader.Say("low"),
            high = reader.Say("high");
        await using var file = await CsvFile.BeginAsync(
            response,
            "segments",
            reader.Language,
            reader.Say("Segment"),
            reader.Say("Accounts"),
            reader.Say("Customers"),
            reader.Say("Paid a month"),
            reader.Say("At risk"),
            reader.Say("Activated"),
            low,
            high,
            reader.Say("Days to first value"),
            reader.Say("Stayed, 30 days"),
            low,
            high,
            reader.Say("Kept getting value"),
            low,
            high
        );
        foreach (var segment in model.Segments)
        {
            if (own.Segments.FirstOrDefault(one => one.Id == segment.Id) is not { } measure)
                continue;
            string name = segments.Name(reader, segment.Id);
            await WriteAsync(file, name, reader.Say("In the segment"), measure.In);
            await WriteAsync(file, name, reader.Say("All others"), measure.Rest);
        }
    }

    private static Task WriteAsync(CsvFile file, string segment, string which, SegmentSide side)
    {
        Proportion? stayed = side.Latest?.Customers,
            valued = side.Latest?.Value;
        return file.RowAsync(
            segment,
            which,
            side.All.Accounts,
            side.All.Price,
            side.AtRisk.Accounts,
            side.Start.Activated.Share,
            side.Start.Activated.Low,
            side.Start.Activated.High,
            side.Start.DaysToValue,
            stayed?.Share,
            stayed?.Low,
            stayed?.High,
            valued?.Share,
            valued?.Low,
            valued?.High
        );
    }
}
