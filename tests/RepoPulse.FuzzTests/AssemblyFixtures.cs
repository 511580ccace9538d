// Memory is measured of the whole process: what another test holds at that moment would count as growth.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
