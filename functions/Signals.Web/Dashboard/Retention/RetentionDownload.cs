using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Retention;

/// <summary>The cohorts that are looked at, as a file: a line a cohort and month.</summary>
internal sealed class RetentionDownload(MeasurePass pass, ValueModel model) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var view = RetentionView.Of(request, churnIsKnown: model.Churn.Events.Count > 0);
        var measures = await pass.ReadAsync(request.Cancellation);
        var segment = view.Segment is null
            ? null
            : (await pass.ReadAsync(view.By, request.Cancellation)).Segments.FirstOrDefault(one => one.Value == view.Segment);
        await using var file = await CsvFile.BeginAsync(
            response,
            "retention",
            reader.Language,
            reader.Say("came in"),
            reader.Say("customers at its end"),
            reader.Say("months since"),
            reader.Say("still customers"),
            reader.Say("getting value")
        );
        foreach (var cohort in (view.Segment is null ? measures?.Cohorts : segment?.Cohorts) ?? [])
        {
            for (int month = 0; month < cohort.Valued.Count; month++)
            {
                await file.RowAsync(
                    cohort.Month is { } first
                        ? first.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)
                        : CohortMap.MonthOf(reader, cohort),
                    cohort.Customers,
                    month,
                    month < cohort.Stayed.Count ? cohort.Stayed[month] : null,
                    cohort.Valued[month]
                );
            }
        }
    }
}
