using System.Runtime.InteropServices;

namespace Signals.Core.Model.Reading;

/// <summary>The three dates of something that ends, in their order.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SunsetDates(DateOnly Announced, DateOnly LastOrder, DateOnly Ends)
{
    public static SunsetDates Read(ObjectReader sunset)
    {
        var announced = sunset.Require("announced", Expect.Date, DateOnly.MinValue);
        var lastOrder = sunset.Require("lastOrder", Expect.Date, DateOnly.MaxValue);
        var ends = sunset.Require("ends", Expect.Date, DateOnly.MaxValue);
        if (sunset.Has("lastOrder") && lastOrder != DateOnly.MaxValue && lastOrder < announced)
            sunset.RefuseProperty("lastOrder", "a date not before \"announced\"");
        if (sunset.Has("ends") && ends != DateOnly.MaxValue && (ends < announced || (lastOrder != DateOnly.MaxValue && ends < lastOrder)))
            sunset.RefuseProperty("ends", "a date not before \"announced\" and \"lastOrder\"");
        return new SunsetDates(announced, lastOrder, ends);
    }
}
